// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base64} from "solady/utils/Base64.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {DropSale} from "./DropSale.sol";
import {Batch, IVersions, SaleTerms, VersionKey} from "./DropTypes.sol";
import {Batches} from "./lib/Batches.sol";
import {Encode} from "./lib/Encode.sol";
import {Signatures} from "./lib/Signatures.sol";
import {CollectionTerms} from "./Types.sol";

/// An edition of works made before the sale and shown after it. Token id = position in the batch. What every token will be is fixed
/// before the first is sold: the root of all receipts, signed by the version's key, and a hash of the directory with the files.
/// Money stays here until the directory is shown; if it never is, collectors take theirs back.
contract DropCollection is DropSale {
    /// After the end of the sale the creator has this long to reveal before money goes back.
    uint256 public constant REVEAL_PERIOD = 30 days;

    uint8 private constant DAG_PB = 0x70;

    /// The creator's collection of works. Its versions' keys sign batches, so a drop has no key of its own.
    IVersions public works;
    Batch private _batch;
    /// keccak-256 of the ABI encoding of salt and directory.
    bytes32 public revealHash;
    /// sha-256 of the directory's dag-pb CID; zero until revealed.
    bytes32 public directory;

    /// With the files this is the whole proof: the signature is the version key's, over Batch in this contract's domain.
    event BatchCommitted(
        bytes32 indexed version, address indexed signer, bytes32 root, uint32 count, bytes32 revealHash, bytes signature
    );
    event Revealed(bytes32 directory, bytes32 salt);
    event Refunded(address indexed holder, uint256[] tokenIds, uint256 amount);
    /// ERC-4906
    event BatchMetadataUpdate(uint256 fromTokenId, uint256 toTokenId);

    error AlreadyCommitted();
    error AlreadyRevealed();
    error BadBatchSignature();
    error NoRefund();
    error NotHolder(uint256 tokenId);
    error SaleNotOver();
    error VersionNotActive(bytes32 version);
    error WrongOpening();

    /// Called by the factory in the transaction that creates the clone, after it has checked `works_`.
    function initialize(address creator, string calldata base, CollectionTerms calldata terms, IVersions works_)
        external
    {
        _open(creator, base, terms);
        works = works_;
    }

    // ---------------------------------------------------------------- commit, reveal

    /// Fixes works and terms of sale, once. Can be minted from `opensAt` on, which may be now.
    /// @param revealHash_ keccak256(abi.encode(salt, directory)): what `reveal` will have to show
    /// @param signature by the version's key, over the batch in this contract's domain
    function commit(Batch calldata batch_, bytes32 revealHash_, SaleTerms calldata terms, bytes calldata signature)
        external
        onlyOwner
    {
        if (_batch.count != 0) revert AlreadyCommitted();
        VersionKey memory version = works.versionOf(batch_.version);
        if (version.signer == address(0) || version.revokedAt != 0) revert VersionNotActive(batch_.version);
        if (!Signatures.isSigner(version.signer, batchDigestOf(batch_), signature)) revert BadBatchSignature();
        _batch = batch_;
        revealHash = revealHash_;
        emit BatchCommitted(batch_.version, version.signer, batch_.root, batch_.count, revealHash_, signature);
        _openSale(terms, batch_.count);
    }

    /// Shows the directory, once, after the sale. Anyone who has the opening may: it fits one directory only, so there is nothing to
    /// choose, and a creator who lost their wallet can have it done.
    function reveal(bytes32 salt, bytes32 directory_) external {
        if (directory != 0) revert AlreadyRevealed();
        if (!saleIsOver()) revert SaleNotOver();
        // A directory of zero would read as not revealed.
        if (directory_ == 0 || Batches.revealHash(salt, directory_) != revealHash) revert WrongOpening();
        directory = directory_;
        emit Revealed(directory_, salt);
        uint256 minted = _totalMinted();
        if (minted != 0) emit BatchMetadataUpdate(0, minted - 1);
    }

    /// Gives the caller's tokens back for what they cost, if the works are still not shown a while after the sale. A late reveal ends
    /// this; until then the money cannot be withdrawn.
    function refund(uint256[] calldata tokenIds) external {
        Sale memory terms = sale();
        bool late = terms.closesAt != 0 && block.timestamp >= terms.closesAt + REVEAL_PERIOD;
        if (directory != 0 || !late) revert NoRefund();
        for (uint256 i; i < tokenIds.length; ++i) {
            if (ownerOf(tokenIds[i]) != msg.sender) revert NotHolder(tokenIds[i]);
            _burn(tokenIds[i]);
        }
        uint256 amount = terms.price * tokenIds.length;
        emit Refunded(msg.sender, tokenIds, amount);
        SafeTransferLib.safeTransferETH(msg.sender, amount);
    }

    /// Before the reveal only what is not the price of a token: royalties, or ETH somebody sent.
    function _withdrawable() internal view override returns (uint256) {
        uint256 held = directory == 0 ? sale().price * totalSupply() : 0;
        return address(this).balance - held;
    }

    // ---------------------------------------------------------------- reading

    /// All zero before it is committed.
    function batch() external view returns (Batch memory) {
        return _batch;
    }

    function batchDigestOf(Batch calldata batch_) public view returns (bytes32) {
        return _hashTypedData(Batches.hash(batch_));
    }

    /// True if the token exists and stands for the work with this receipt, before the reveal too.
    /// @param receiptDigest EIP-712 digest of the receipt in this contract's domain
    /// @param proof the siblings from the leaf up
    function verifyWork(uint256 tokenId, bytes32 receiptDigest, bytes32[] calldata proof) external view returns (bool) {
        return _exists(tokenId) && Batches.contains(_batch.root, tokenId, receiptDigest, proof);
    }

    /// The file in the directory once that is revealed; until then a rendered text with the token's number.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        if (!_exists(tokenId)) revert URIQueryForNonexistentToken();
        string memory number = _toString(tokenId);
        if (directory != 0) return string(abi.encodePacked("ipfs://", Encode.cid(DAG_PB, directory), "/", number));
        bytes memory json = abi.encodePacked(
            '{"name":"',
            name(),
            " #",
            number,
            '","description":"Shown after the sale.","external_url":"',
            externalUrlBase(),
            '"}'
        );
        return string(abi.encodePacked("data:application/json;base64,", Base64.encode(json)));
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == 0x2a55205a // ERC-2981
            || interfaceId == 0x49064906 // ERC-4906
            || super.supportsInterface(interfaceId);
    }
}
