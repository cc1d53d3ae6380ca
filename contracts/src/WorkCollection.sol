// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC7007} from "./interfaces/IERC7007.sol";
import {Metadata} from "./lib/Metadata.sol";
import {Parsed, Records} from "./lib/Records.sol";
import {Signatures} from "./lib/Signatures.sol";
import {Tails} from "./lib/Tails.sol";
import {Text} from "./lib/Text.sol";
import {TypedData} from "./lib/TypedData.sol";
import {WorkLogs} from "./lib/WorkLogs.sol";
import {CollectionTerms, MintRequest, VersionTerms, Voucher} from "./Types.sol";
import {WorkEvolution} from "./WorkEvolution.sol";

/// A creator's ERC-721. A token id is the sha-256 of its first metadata JSON, which this contract renders from what two keys
/// signed: the model version's key (what ran) and the platform's (that this may be minted, now, by this account, at this price).
/// The creator bounds the platform's key on-chain: cap, floor price, window, dated revocation.
contract WorkCollection is WorkEvolution, IERC7007 {
    using Tails for MintRequest;

    /// In the ownership slot, where it outlives a burn: what existed once is never minted again.
    uint96 private constant MINTED = 1;

    error AigcDataIsSetAtMint();
    error AlreadyMinted(uint256 tokenId);
    error BadVoucherSignature();
    error NothingToMint();
    error OneSignatureForAll();
    error WrongPayment(uint256 price);

    /// Called by the factory in the transaction that creates the clone.
    function initialize(
        address creator,
        string calldata base,
        CollectionTerms calldata terms,
        VersionTerms calldata first
    ) external {
        _open(creator, base, terms);
        _addVersion(first);
    }

    // ---------------------------------------------------------------- mint

    /// Anyone may bring the request; the token goes to the account the voucher names.
    /// @return tokenId sha-256 of the metadata JSON
    function mint(MintRequest calldata request) external payable returns (uint256 tokenId) {
        if (msg.value != request.price) revert WrongPayment(request.price);
        bytes32 voucher;
        bytes32 domain = _domainSeparator();
        (tokenId, voucher) = _mintOne(request, domain);
        _checkVoucher(TypedData.digest(domain, voucher), request.tail(6));
    }

    /// Several works in one transaction, all or none. The platform signs the vouchers together (`Vouchers`), so each request's own
    /// `voucherSignature` is empty.
    function mintBatch(MintRequest[] calldata requests, bytes calldata vouchersSignature)
        external
        payable
        returns (uint256[] memory tokenIds)
    {
        if (requests.length == 0) revert NothingToMint();
        bytes32 domain = _domainSeparator();
        bytes32[] memory vouchers = new bytes32[](requests.length);
        tokenIds = new uint256[](requests.length);
        uint256 price;
        for (uint256 i; i < requests.length; ++i) {
            if (requests[i].voucherSignature.length != 0) revert OneSignatureForAll();
            price += requests[i].price;
            (tokenIds[i], vouchers[i]) = _mintOne(requests[i], domain);
        }
        if (msg.value != price) revert WrongPayment(price);
        _checkVoucher(TypedData.digest(domain, TypedData.hashOfVouchers(vouchers)), vouchersSignature);
    }

    /// Everything but the platform's signature, which the caller checks afterwards; no code is called in between but an ERC-1271
    /// signer's, which can change nothing.
    /// @return tokenId of the new token
    /// @return voucher struct hash of the voucher it needs
    function _mintOne(MintRequest calldata request, bytes32 domain) private returns (uint256 tokenId, bytes32 voucher) {
        if (block.timestamp > request.deadline) revert DeadlinePassed(request.deadline);
        bytes calldata record = request.tail(4);
        Parsed work = Records.readFirst(record);
        bytes32 receiptDigest = TypedData.digest(domain, TypedData.receiptHash(work));
        bytes calldata proof = request.tail(5);
        _checkReceipt(_takeSlot(work.version(), request.captured, request.price), receiptDigest, proof);
        voucher = TypedData.voucherHash(request, work, receiptDigest);
        tokenId = uint256(Text.sha2(Metadata.asFirst(Metadata.open(work), work.terms())));
        if (_getExtraData(tokenId) != 0) revert AlreadyMinted(tokenId);
        _mintAndSetExtraDataUnchecked(request.to, tokenId, MINTED);
        WorkLogs.minted(tokenId, work);
        WorkLogs.aigcData(tokenId, work, record, proof);
    }

    function _checkVoucher(bytes32 digest, bytes calldata signature) private view {
        if (!Signatures.isSigner(_readPlatformSigner(), digest, signature)) revert BadVoucherSignature();
    }

    /// By the holder or an account they approved. The id is never minted again, the supply of its version stays used.
    function burn(uint256 tokenId) external {
        _burn(msg.sender, tokenId);
        _forget(tokenId);
    }

    function voucherDigestOf(Voucher calldata voucher) external view returns (bytes32) {
        return _hashTypedData(TypedData.hash(voucher));
    }

    function vouchersDigestOf(Voucher[] calldata items) external view returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](items.length);
        for (uint256 i; i < items.length; ++i) {
            hashes[i] = TypedData.hash(items[i]);
        }
        return _hashTypedData(TypedData.hashOfVouchers(hashes));
    }

    // ---------------------------------------------------------------- ERC-7007

    /// The data of a token is written when it is minted, and never after.
    function addAigcData(uint256, bytes calldata, bytes calldata, bytes calldata) external pure {
        revert AigcDataIsSetAtMint();
    }

    /// Whether the version's key signed the receipt in a record: version to parent, and the parameters. Not the file, texts and terms, which
    /// the platform's voucher binds, nor whether the key was revoked since: `verifyRecord` says what a token was minted with.
    /// @param prompt the 32 bytes of `promptHash`: a prompt stays private until its holder opens it
    /// @param aigcData the record
    /// @param proof the receipt's signature. An attestation by the version's key, not a proof of computation.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) external view returns (bool) {
        Parsed work = Records.readFirst(aigcData);
        if (keccak256(prompt) != keccak256(abi.encodePacked(work.promptHash()))) return false;
        bytes32 digest = _hashTypedData(TypedData.receiptHash(work));
        return Signatures.isSigner(versionOf(work.version()).signer, digest, proof);
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == 0x2a55205a // ERC-2981
            || interfaceId == 0x49064906 // ERC-4906
            || super.supportsInterface(interfaceId);
    }
}
