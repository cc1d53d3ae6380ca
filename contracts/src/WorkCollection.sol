// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";
import {CreatorCollection} from "./CreatorCollection.sol";
import {IERC7007} from "./interfaces/IERC7007.sol";
import {Encode} from "./lib/Encode.sol";
import {Metadata} from "./lib/Metadata.sol";
import {TypedData} from "./lib/TypedData.sol";
import {PlatformKey} from "./PlatformKey.sol";
import {Bounds, CollectionTerms, MintRequest, Receipt, Record, VersionTerms, Voucher} from "./Types.sol";

/// A creator's ERC-721. A token id is the sha-256 of its metadata JSON, which this contract renders from what two keys signed:
/// the model version's key (what ran) and the platform's (that this may be minted, now, by this account, at this price).
/// The creator bounds the platform's key on-chain: cap, floor price, window, dated revocation.
contract WorkCollection is ERC721, CreatorCollection, PlatformKey, IERC7007 {
    /// One slot, so that a mint of a version without sale terms reads and writes no other.
    struct Version {
        address signer;
        uint40 revokedAt; // 0: not revoked. Runs captured at or after this second do not mint.
        uint24 cap;
        uint24 minted;
        bool hasSale; // floor price or window: look at the second slot
    }

    struct Sale {
        uint96 floorPrice;
        uint48 opensAt;
        uint48 closesAt; // 0: never
    }

    uint256 public constant MAX_VERSIONS = 256;

    mapping(bytes32 version => Version) private _versions;
    mapping(bytes32 version => Sale) private _sales;
    uint16 private _versionCount;

    /// With `AigcData` of the same transaction (its `aigcData` is the ABI-encoded Receipt, its `proof` the receipt's signature)
    /// this is the whole record: metadata, parameters and proof can be rebuilt from logs alone.
    event Minted(
        uint256 indexed tokenId,
        bytes32 indexed content,
        uint64 captured,
        uint8 codec,
        bytes32 image,
        string label,
        bytes traits,
        string params
    );
    event VersionAdded(bytes32 indexed version, address indexed signer);
    event VersionRevoked(bytes32 indexed version, uint40 revokedAt);
    event BoundsChanged(bytes32 indexed version, uint24 cap, uint96 floorPrice, uint48 opensAt, uint48 closesAt);
    error AigcDataIsSetAtMint();
    error BadBounds();
    error BadReceiptSignature();
    error BadVersion();
    error BadVoucherSignature();
    error CapReached();
    error DeadlinePassed(uint64 deadline);
    error EvolveNotSupported();
    error MintClosed();
    error PriceBelowFloor(uint256 price, uint256 floorPrice);
    error TooManyVersions();
    error UnknownVersion(bytes32 version);
    error VersionExists(bytes32 version);
    error VersionRevokedBefore(uint40 revokedAt);
    error WrongPayment(uint256 price);

    // ---------------------------------------------------------------- set up

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
        if (block.timestamp > request.deadline) revert DeadlinePassed(request.deadline);
        if (msg.value != request.price) revert WrongPayment(request.price);
        Receipt memory receipt = _receiptOf(request);
        bytes32 domain = _domainSeparator();
        bytes32 receiptDigest = TypedData.digest(domain, TypedData.hash(receipt));
        _takeSlot(request, receiptDigest);
        _checkVoucher(request, receiptDigest, domain);
        tokenId = uint256(sha256(Metadata.render(receipt, request.codec, request.image, request.label, request.traits)));
        _mint(request.to, tokenId);
        _publish(tokenId, receipt, request);
    }

    function _receiptOf(MintRequest calldata request) private view returns (Receipt memory) {
        return Receipt({
            version: request.version,
            seed: request.seed,
            paramsHash: EfficientHashLib.sha2Calldata(bytes(request.params)),
            promptHash: request.promptHash,
            content: request.content,
            parent: request.parent
        });
    }

    /// The receipt is signed by its version's key, and the creator's bounds of that version hold.
    function _takeSlot(MintRequest calldata request, bytes32 receiptDigest) private {
        Version memory version = _versions[request.version];
        if (version.signer == address(0)) revert UnknownVersion(request.version);
        if (version.revokedAt != 0 && request.captured >= version.revokedAt) {
            revert VersionRevokedBefore(version.revokedAt);
        }
        if (version.hasSale) _checkSale(_sales[request.version], request.price);
        if (version.minted >= version.cap) revert CapReached();
        _versions[request.version].minted = version.minted + 1;
        if (!_isSigner(version.signer, receiptDigest, request.receiptSignature)) revert BadReceiptSignature();
    }

    function _checkSale(Sale memory sale, uint256 price) private view {
        if (price < sale.floorPrice) revert PriceBelowFloor(price, sale.floorPrice);
        bool closed = sale.closesAt != 0 && block.timestamp >= sale.closesAt;
        if (closed || block.timestamp < sale.opensAt) revert MintClosed();
    }

    function _checkVoucher(MintRequest calldata request, bytes32 receiptDigest, bytes32 domain) private view {
        if (request.evolve.length != 0) revert EvolveNotSupported();
        bytes32 digest = TypedData.digest(domain, TypedData.voucherHash(request, receiptDigest));
        if (!_isSigner(platformSigner(), digest, request.voucherSignature)) revert BadVoucherSignature();
    }

    function _publish(uint256 tokenId, Receipt memory receipt, MintRequest calldata request) private {
        emit Minted(
            tokenId,
            receipt.content,
            request.captured,
            request.codec,
            request.image,
            request.label,
            request.traits,
            request.params
        );
        emit AigcData(tokenId, abi.encodePacked(receipt.promptHash), abi.encode(receipt), request.receiptSignature);
    }

    /// ecrecover first (an account with delegated code still signs with its key), ERC-1271 if that is not it. A signature's
    /// malleable twin is no harm: nothing is keyed by signatures, and a token id exists once.
    function _isSigner(address signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        if (signer == address(0)) return false;
        return ECDSA.tryRecoverCalldata(digest, signature) == signer
            || SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }

    // ---------------------------------------------------------------- metadata

    /// The JSON itself, for anyone who has the record.
    function renderMetadata(Record calldata record) public view returns (string memory) {
        if (record.evolve.length != 0) revert EvolveNotSupported();
        return string(Metadata.render(record.receipt, record.codec, record.image, record.label, record.traits));
    }

    /// True if `record` is what the token was minted with. Reverts on a record that could not be anyone's.
    function verifyRecord(uint256 tokenId, Record calldata record) external view returns (bool) {
        return _exists(tokenId) && uint256(sha256(bytes(renderMetadata(record)))) == tokenId;
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        if (!_exists(tokenId)) revert TokenDoesNotExist();
        return string(abi.encodePacked("ipfs://", Encode.cid(Metadata.RAW, bytes32(tokenId))));
    }

    function receiptDigestOf(Receipt calldata receipt) public view returns (bytes32) {
        return TypedData.digest(_domainSeparator(), TypedData.hash(receipt));
    }

    function voucherDigestOf(Voucher calldata voucher) external view returns (bytes32) {
        return TypedData.digest(_domainSeparator(), TypedData.hash(voucher));
    }

    // ---------------------------------------------------------------- ERC-7007

    /// The data of a token is written when it is minted, and never after.
    function addAigcData(uint256, bytes calldata, bytes calldata, bytes calldata) external pure {
        revert AigcDataIsSetAtMint();
    }

    /// @param prompt the 32 bytes of `promptHash`: a prompt stays private until its holder opens it
    /// @param aigcData the ABI-encoded Receipt
    /// @param proof its signature. An attestation by the version's key, not a proof of computation.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) external view returns (bool) {
        if (aigcData.length != 192) return false;
        Receipt memory receipt = abi.decode(aigcData, (Receipt));
        if (keccak256(prompt) != keccak256(abi.encodePacked(receipt.promptHash))) return false;
        return _isSigner(_versions[receipt.version].signer, _hashTypedData(TypedData.hash(receipt)), proof);
    }

    // ---------------------------------------------------------------- what the creator decides

    /// Versions are only ever added: a receipt once valid stays checkable.
    function addVersion(VersionTerms calldata terms) external onlyOwner {
        _addVersion(terms);
    }

    /// Ends a key as of a second that may lie in the past (when it leaked). Can be moved earlier, never later.
    function revokeVersion(bytes32 version, uint40 revokedAt) external onlyOwner {
        Version storage known = _known(version);
        bool later = known.revokedAt != 0 && revokedAt >= known.revokedAt;
        if (revokedAt == 0 || revokedAt > block.timestamp || later) revert BadVersion();
        known.revokedAt = revokedAt;
        emit VersionRevoked(version, revokedAt);
    }

    /// The cap only goes down: what a collector was told about scarcity stays true.
    function setBounds(bytes32 version, Bounds calldata bounds) external onlyOwner {
        Version storage known = _known(version);
        if (bounds.cap > known.cap || bounds.cap < known.minted) revert BadBounds();
        _setBounds(version, bounds);
    }

    function _addVersion(VersionTerms calldata terms) private {
        (bytes32 version, address signer) = (terms.version, terms.signer);
        if (version == 0 || signer == address(0)) revert BadVersion();
        if (_versions[version].signer != address(0)) revert VersionExists(version);
        if (_versionCount >= MAX_VERSIONS) revert TooManyVersions();
        _versionCount += 1;
        _versions[version].signer = signer;
        emit VersionAdded(version, signer);
        _setBounds(version, terms.bounds);
    }

    function _setBounds(bytes32 version, Bounds calldata bounds) private {
        bool neverOpen = bounds.closesAt != 0 && bounds.opensAt >= bounds.closesAt;
        if (bounds.cap == 0 || neverOpen) revert BadBounds();
        Version storage known = _versions[version];
        known.cap = bounds.cap;
        known.hasSale = bounds.floorPrice != 0 || bounds.opensAt != 0 || bounds.closesAt != 0;
        _sales[version] = Sale(bounds.floorPrice, bounds.opensAt, bounds.closesAt);
        emit BoundsChanged(version, bounds.cap, bounds.floorPrice, bounds.opensAt, bounds.closesAt);
    }

    function _known(bytes32 version) private view returns (Version storage known) {
        known = _versions[version];
        if (known.signer == address(0)) revert UnknownVersion(version);
    }

    // ---------------------------------------------------------------- reading

    function name() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.name();
    }

    function symbol() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.symbol();
    }

    /// Signer, revocation and supply of a version; all zero if it is not one of ours.
    function versionOf(bytes32 version) external view returns (Version memory) {
        return _versions[version];
    }

    function boundsOf(bytes32 version) external view returns (Bounds memory) {
        Sale memory sale = _sales[version];
        return Bounds(_versions[version].cap, sale.floorPrice, sale.opensAt, sale.closesAt);
    }

    function versionCount() external view returns (uint256) {
        return _versionCount;
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == 0x2a55205a // ERC-2981
            || super.supportsInterface(interfaceId);
    }
}
